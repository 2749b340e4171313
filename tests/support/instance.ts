// An application on the database of a test, in a process of its own: run by second.ts. It says its address on standard output
// once it answers, and stops when its standard input ends.
import { bootApp } from './app';
import type { Home } from './home';
import type { InstanceOptions } from './second';

async function main() {
  const { home, ...options } = JSON.parse(process.env.INSTANCE ?? '{}') as InstanceOptions & {
    home: Omit<Home, 'remove'>;
  };
  const app = await bootApp({ ...options, home: { ...home, remove: async () => undefined } });
  process.stdin.resume().once('end', () => {
    void app.close().finally(() => process.exit());
  });
  process.stdout.write(`${JSON.stringify({ url: app.url })}\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
