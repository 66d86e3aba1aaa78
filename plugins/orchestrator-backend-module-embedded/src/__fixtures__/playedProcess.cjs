// A process that does what it is told, for the tests of forkEngine.
const { getHeapStatistics } = require('node:v8');

process.on('message', ({ what }) => {
  switch (what) {
    case 'tell':
      process.send({
        environment: Object.keys(process.env),
        heapMb: getHeapStatistics().heap_size_limit / 1024 / 1024,
        execArgv: process.execArgv,
      });
      break;
    case 'throw':
      throw new TypeError('broken');
    case 'fill':
      for (const kept = []; ; ) {
        kept.push(new Array(1000).fill(Math.random()));
      }
    default:
      process.exit(3);
  }
});
