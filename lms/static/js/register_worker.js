// The worker that answers when there is no line (see worker/serve.js). For everybody, on a centre's machine too:
// there it keeps the files of the interface and one page without anybody in it.
//
// A browser that knows no workers, or none made of modules, goes on as before; so does a centre's plain-HTTP network.

if (isSecureContext && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("/sw.js", { type: "module", updateViaCache: "none" }).catch(() => {});
}
