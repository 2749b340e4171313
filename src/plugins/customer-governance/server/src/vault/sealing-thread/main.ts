import { parentPort } from 'node:worker_threads';
import { sealRecords, type SealingJob } from './seal-records';

/** A job that was sent to the thread, and its number: answers come back by it. */
export interface NumberedJob {
  number: number;
  job: SealingJob;
}

parentPort?.on('message', ({ number, job }: NumberedJob) => {
  parentPort?.postMessage({ number, sealed: sealRecords(job) });
});
