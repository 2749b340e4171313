// Finds a Chromium for the browser tests and fonts for their Chinese text; installs both where that is possible.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns {string | undefined} the browser to drive: CHROME_PATH, else the first that the system has */
export function findBrowser() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(path.delimiter)].filter(Boolean);
  const inPath = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...inPath, ...elsewhere].find(isExecutable);
}

/** Whether Chinese text will show as text and not as boxes. macOS and Windows bring such fonts. */
function hasChineseFonts() {
  if (process.platform !== 'linux') return true;
  const list = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return Boolean(list.stdout?.trim());
}

function ensureBrowser() {
  const browser = findBrowser();
  if (browser && !isExecutable(browser)) {
    throw new Error(`CHROME_PATH names ${browser}, which is not there or not executable.`);
  }
  const wanted = [!browser && 'chromium', !hasChineseFonts() && 'fonts-noto-cjk'].filter(Boolean);
  if (wanted.length === 0) return browser;

  if (!tryInstall(wanted)) {
    throw new Error(
      `The browser tests need ${wanted.join(' and ')}, and it could not be installed from here.\n` +
        `  Debian or Ubuntu:  sudo apt-get install -y ${wanted.join(' ')}\n` +
        '  elsewhere:         install Chromium or Google Chrome (and Noto Sans CJK on Linux);\n' +
        '                     for a browser in an unusual place set CHROME_PATH to its program'
    );
  }
  return findBrowser();
}

/** Only as root and with apt-get: nothing is asked, nothing is changed on any other machine. */
function tryInstall(packages) {
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || spawnSync('apt-get', ['--version']).status !== 0) return false;
  console.log(`Installing ${packages.join(' and ')} …`);
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  return (
    apt('update') && apt('install', '-y', '--no-install-recommends', 'fontconfig', ...packages)
  );
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(`Browser: ${ensureBrowser()}`);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
