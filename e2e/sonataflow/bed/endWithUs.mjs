const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Ends a child process when this process is asked to end before it. */
export function endWithUs(child) {
  const onSignal = signal => {
    ignore(onSignal);
    child.kill('SIGTERM');
    // Listening keeps a process alive. When nobody else wants it to live, it ends now.
    if (process.listenerCount(signal) === 0) {
      process.kill(process.pid, signal);
    }
  };
  SIGNALS.forEach(signal => process.on(signal, onSignal));
  child.once('exit', () => ignore(onSignal));
}

function ignore(onSignal) {
  SIGNALS.forEach(signal => process.off(signal, onSignal));
}
