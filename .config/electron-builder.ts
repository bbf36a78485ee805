import { basename, join, relative } from 'node:path'
import type { Configuration } from 'electron-builder'
import { fontFile, type FontFamily, type FontStyle } from '#electron/reports/fonts.ts'

const root = join(import.meta.dirname, '..')

/** The fonts that reports are set in; the packages they come from hold many more weights. */
const fonts: Record<FontFamily, readonly FontStyle[]> = {
  latin: ['regular', 'bold', 'italic'],
  arabic: ['regular', 'bold'],
  hebrew: ['regular', 'bold'],
  devanagari: ['regular', 'bold'],
  sc: ['regular', 'bold'],
  jp: ['regular', 'bold'],
  kr: ['regular', 'bold'],
}

const fontFiles = (Object.keys(fonts) as FontFamily[]).flatMap((family) =>
  fonts[family].map((style) => fontFile(family, style)),
)

/** Each is given a value: a fuse that Electron adds later does not compile until somebody decided on it. */
const electronFuses: Required<NonNullable<Configuration['electronFuses']>> = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  // There is no snapshot of this app's own to load.
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
  // The app is signed after the fuses are set.
  resetAdHocDarwinSignature: false,
}

/** How installers are made; `npm run package` reads it. */
export const packageConfig = {
  appId: 'org.attune.osce',
  productName: 'Attune',
  directories: { output: 'dist', buildResources: 'resources/icons' },
  icon: 'resources/icons/icon-1024.png',
  asar: true,
  // A native module is loaded by the system, which cannot look into the archive.
  asarUnpack: ['**/*.node'],
  // The database brings its binaries along for every system and every version of Electron.
  npmRebuild: false,
  files: [
    'out/**',
    'resources/{rubrics,sample-exam,sounds}/**',
    '!resources/**/*.ts',
    '!node_modules/better-sqlite3-multiple-ciphers/{deps,src}',
    '!node_modules/better-sqlite3-multiple-ciphers/prebuilds',
    'node_modules/better-sqlite3-multiple-ciphers/prebuilds/${platform}-${arch}.node',
    '!node_modules/@expo-google-fonts',
    // Of some fifty megabytes reports load one file; the screens have what they need built in.
    '!node_modules/{echarts,zrender}',
    'node_modules/echarts/{LICENSE,NOTICE,package.json,dist/package.json,dist/echarts.esm.min.mjs}',
  ],
  extraResources: [
    ...fontFiles.map((file) => ({ from: relative(root, file), to: `fonts/${basename(file)}` })),
    { from: 'resources/fonts/OFL.txt', to: 'fonts/OFL.txt' },
    { from: 'LICENSE', to: 'LICENSE' },
  ],
  electronFuses,
  publish: null,
  mac: { category: 'public.app-category.education', target: ['dmg', 'zip'] },
  win: { target: ['nsis'] },
  // Removing the program leaves the marks where they are.
  nsis: { oneClick: false, deleteAppDataOnUninstall: false },
  linux: { category: 'Education', target: ['AppImage', 'tar.gz'] },
} satisfies Configuration
