import { contextBridge, ipcRenderer } from 'electron'
import { channels, dialogCalls, eventNames } from '#shared/contract/channels.ts'
import type { Bridge } from '#shared/contract/bridge.ts'
import type { Failure } from '#shared/contract/result.ts'

const unknownChannel: Failure = { ok: false, code: 'unknown-channel', params: {} }

/** All that the screens get of Electron: the calls and events of the contract, and two dialogs. */
const bridge: Bridge = {
  host: 'electron',
  invoke: (channel, input) =>
    channels.includes(channel) ? ipcRenderer.invoke(channel, input) : Promise.resolve(unknownChannel),
  subscribe: (event, listener) => {
    if (!eventNames.includes(event)) return () => undefined
    // Electron's own event object would hand the screens a way to every channel.
    const forward = (_event: unknown, payload: Parameters<typeof listener>[0]) => listener(payload)
    ipcRenderer.on(event, forward)
    return () => {
      ipcRenderer.removeListener(event, forward)
    }
  },
  saveFile: (file) => ipcRenderer.invoke(dialogCalls.save, file),
  pickFile: (accept) => ipcRenderer.invoke(dialogCalls.pick, accept),
}

contextBridge.exposeInMainWorld('attune', bridge)
