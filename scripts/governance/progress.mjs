const PERCENT = 100;

/** One line that is written over while it goes on, or a line a step where the output is not a terminal. */
export function progressLine(what) {
  let last = -1;
  return (done, total) => {
    const percent = total === 0 ? PERCENT : Math.floor((done / total) * PERCENT);
    if (percent === last) return;
    last = percent;
    const line = `${what}: ${done} of ${total} (${percent} %)`;
    if (process.stdout.isTTY) process.stdout.write(`\r${line}${done >= total ? '\n' : ''}`);
    else if (percent % 10 === 0) console.log(line);
  };
}
