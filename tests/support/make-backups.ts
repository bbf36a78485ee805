import { makeBackup } from '#electron/files/backups.ts'

/** Run as a process of its own: makes one backup after another of the folder given as argument until it is killed. */
const dataDir = process.argv[2] ?? ''
for (;;) await makeBackup({ dataDir, why: 'while-running', second: null })
