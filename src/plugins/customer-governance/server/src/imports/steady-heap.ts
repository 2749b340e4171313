import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Commits after which an import is taken for a large one. */
const COMMITS_WITHOUT = 10;
/** Of what lives in the heap, so much more may be taken before what is dead is looked for; V8's own is up to three hundred. */
const GROWING_PERCENT = 60;
/** What V8 decides by itself. */
const AS_IT_LIKES = 0;

let users = 0;

const growBy = (percent: number) => setFlagsFromString(`--heap-growing-percent=${percent}`);

/** V8 reckons how far the heap may grow whenever it has collected: it has to once, or it would go by what it reckoned before. */
function collect(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  setFlagsFromString('--no-expose-gc');
}

/**
 * Keeps the heap from growing while a large import makes and drops a great many small things. By itself V8 would let it grow
 * to several times its size: a file of a million rows must not take the memory of the server. It costs some collecting.
 */
export function createSteadyHeap() {
  let commits = 0;
  return {
    /** A batch was committed. */
    committed(): void {
      commits += 1;
      if (commits !== COMMITS_WITHOUT) return;
      users += 1;
      growBy(GROWING_PERCENT);
      collect();
    },
    end(): void {
      if (commits < COMMITS_WITHOUT) return;
      users -= 1;
      if (users === 0) growBy(AS_IT_LIKES);
    },
  };
}
