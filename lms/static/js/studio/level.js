// How loud a microphone's stream is just now, from 0 to 1.

export function levelOf(stream) {
  const Context = window.AudioContext ?? window.webkitAudioContext;
  if (!Context) return { now: () => 1, end() {} };
  const context = new Context();
  const ear = context.createAnalyser();
  ear.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(ear);
  const heard = new Float32Array(ear.fftSize);
  return {
    now() {
      ear.getFloatTimeDomainData(heard);
      return Math.sqrt(heard.reduce((sum, each) => sum + each * each, 0) / heard.length);
    },
    end: () => context.close(),
  };
}
