import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a node program and lets its output through as it comes.
 * @param {string[]} args the program file and its arguments
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, minutes?: number }} [options] `minutes`: stop it after so long
 * @returns {Promise<{ code: number, lastLine: string }>} exit code and the last non-empty line of standard output
 */
export function run(args, { cwd = root, env = {}, minutes } = {}) {
  return new Promise((resolve, reject) => {
    // Its own process group, so that a stage that hangs goes together with its workers and servers.
    const child = spawn(process.execPath, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: process.platform !== 'win32',
    });
    let tail = '';
    child.stdout.on('data', (chunk) => {
      process.stdout.write(chunk);
      tail = (tail + chunk).slice(-65_536);
    });

    const stop = (signal) => {
      try {
        process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
      } catch {
        // already gone
      }
    };
    const interrupted = () => {
      stop('SIGTERM');
      process.exit(130);
    };
    process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
    const timer =
      minutes &&
      setTimeout(() => {
        console.error(`\nStopped after ${minutes} minutes.`);
        stop('SIGTERM'); // lets it take down the servers that it started
        setTimeout(stop, 15_000, 'SIGKILL').unref();
      }, minutes * 60_000);

    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
      resolve({ code: code ?? 1, lastLine: tail.trimEnd().split('\n').at(-1) ?? '' });
    });
  });
}
