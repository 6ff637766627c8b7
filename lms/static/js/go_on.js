// <form data-go-on>: press its button by itself, until the page that comes has none. Each press moves a bar on.
document.querySelector("form[data-go-on]")?.requestSubmit();
