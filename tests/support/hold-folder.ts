import { holdFolder, openDataFolder } from '#electron/files/data-folder.ts'

/** Run as a process of its own: holds the data folder given as argument until it is killed, and says so when it does. */
const dir = openDataFolder(process.argv[2] ?? '')
const { release } = holdFolder(dir, { host: 'web', pid: process.pid })
process.on('message', () => {
  release()
  process.disconnect()
})
process.send?.('held')
