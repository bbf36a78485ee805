import type { IpcMain } from 'electron'
import { channels, dialogCalls } from '#shared/contract/channels.ts'
import type { Failure, Result } from '#shared/contract/result.ts'
import type { Router } from '#electron/ipc/router.ts'
import type { Sender } from './window-register.ts'

export type CallParts = {
  ipcMain: Pick<IpcMain, 'handle'>
  router: Router
  /** Null for a sender that is not one of our windows showing the screens. */
  clientOf: (event: Sender) => string | null
  saveFile: (clientId: string, file: unknown) => Promise<Result<unknown>>
  pickFile: (clientId: string, accept: unknown) => Promise<Result<unknown>>
}

const forbidden: Failure = { ok: false, code: 'forbidden', params: {} }

/** Answers the calls of the preload, each after a look at who sends it. */
export function answerCalls({ ipcMain, router, clientOf, saveFile, pickFile }: CallParts): void {
  const answer = (name: string, reply: (clientId: string, input: unknown) => Promise<Result<unknown>>) => {
    ipcMain.handle(name, (event, input: unknown) => {
      const clientId = clientOf(event)
      return clientId === null ? forbidden : reply(clientId, input)
    })
  }
  for (const channel of channels) answer(channel, (clientId, input) => router(clientId, channel, input))
  answer(dialogCalls.save, saveFile)
  answer(dialogCalls.pick, pickFile)
}
