// A second application on the database of a test, in a process of its own: run by second.ts. It says its address on standard
// output once it answers, and stops when its standard input ends.
import { bootApp } from './app';
import type { Home } from './home';

async function main() {
  const { dir, database, env } = JSON.parse(process.env.INSTANCE_HOME ?? '{}') as Home;
  const home: Home = { dir, database, env, remove: async () => undefined };
  const app = await bootApp({ home });
  process.stdin.resume().once('end', () => {
    void app.close().finally(() => process.exit());
  });
  process.stdout.write(`${JSON.stringify({ url: app.url })}\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
