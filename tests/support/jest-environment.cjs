'use strict';

const { createRequire } = require('node:module');
const path = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

const native = createRequire(path.resolve(__dirname, '../../package.json'));

/**
 * Lets tests load the application as Node does, not as jest does: once for all files of a worker, instead of anew for each of
 * them. Application and tests then live in two realms of one process: what both look at the class of is the same in both.
 */
module.exports = class ApplicationEnvironment extends TestEnvironment {
  async setup() {
    await super.setup();
    Object.assign(this.global, { process, Date, Error, Map, Set, nativeRequire: native });
  }
};
