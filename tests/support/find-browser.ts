import { delimiter, posix, win32 } from 'node:path'

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  readonly exists: (path: string) => boolean
  /** Where Playwright would keep its own Chromium, installed or not. */
  readonly playwright: string
}

const linuxNames = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'chromium-browser',
  'microsoft-edge-stable',
  'microsoft-edge',
]
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge']
const windowsPaths = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
]

const filled = (folders: readonly (string | undefined)[]) =>
  folders.filter((folder): folder is string => folder !== undefined && folder !== '')

/** Where a browser of the Chromium family may be installed, the likeliest place first. */
function installedBrowsers({ platform, env }: Surroundings): string[] {
  if (platform === 'win32') {
    const folders = filled([env['ProgramFiles'], env['ProgramFiles(x86)'], env['LOCALAPPDATA']])
    return windowsPaths.flatMap((path) => folders.map((folder) => win32.join(folder, path)))
  }
  if (platform === 'darwin') {
    const folders = ['/Applications', ...filled([env['HOME']]).map((home) => posix.join(home, 'Applications'))]
    return macNames.flatMap((name) => folders.map((folder) => `${folder}/${name}.app/Contents/MacOS/${name}`))
  }
  const folders = [...filled((env['PATH'] ?? '').split(delimiter)), '/usr/bin', '/snap/bin']
  return linuxNames.flatMap((name) => folders.map((folder) => posix.join(folder, name)))
}

/**
 * The browser that tests drive: `CHROME_PATH`, else Playwright's own, else an installed Chrome, Chromium or Edge; null
 * where there is none. Throws where `CHROME_PATH` leads nowhere, for somebody meant that one.
 */
export function findBrowser(surroundings: Surroundings): string | null {
  const { env, exists, playwright } = surroundings
  const wanted = env['CHROME_PATH']
  if (wanted) {
    if (exists(wanted)) return wanted
    throw new Error(`CHROME_PATH is set to "${wanted}", but there is no program.`)
  }
  return [playwright, ...installedBrowsers(surroundings)].find(exists) ?? null
}

export type Installer = 'apt' | 'playwright'

/** How to get a browser, the likeliest way first: Debian's package needs root, Playwright's download does not. */
export function installers({ platform, exists }: Surroundings, isRoot: boolean): Installer[] {
  const hasApt = platform === 'linux' && exists('/usr/bin/apt-get') && exists('/etc/debian_version')
  return hasApt && isRoot ? ['apt', 'playwright'] : ['playwright']
}

export const noBrowser =
  'The end-to-end tests need a browser, and none could be installed: install Chrome, Chromium or Edge, or set CHROME_PATH to one.'

/**
 * Chromium's address bar brings pages of its own, which load some hundred scripts beside the page under test at each
 * start; Electron has no address bar. The last such list counts, so what Playwright turns off is named again.
 */
const unneededFeatures = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
]

/** Flags that keep a test browser from the network and to its pages; Chromium's sandbox does not start for root. */
export const chromiumFlags = (isRoot: boolean): string[] => [
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${unneededFeatures.join()}`,
]
