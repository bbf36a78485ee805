import type { IpcMainInvokeEvent } from 'electron'
import { describe, expect, it, vi } from 'vitest'
import { channels } from '#shared/contract/channels.ts'
import type { Router } from '#electron/ipc/router.ts'
import { answerCalls } from '#electron/main/answer-calls.ts'
import { isLent } from '#electron/main/lent-device.ts'
import { createWindowRegister, type Sender } from '#electron/main/window-register.ts'

const windowWith = (id: number) => ({ webContents: { id } })
const call = (id: number, url = 'app://attune/', parent: unknown = null): Sender => ({
  sender: { id },
  senderFrame: { url, parent },
})

describe('who sends a call', () => {
  const register = createWindowRegister()
  register.add(windowWith(7))
  register.add(windowWith(8))

  it('is told by the window it comes from', () => {
    expect(register.clientOf(call(7))).toBe('window-1')
    expect(register.clientOf(call(8, 'app://attune/#/examiner'))).toBe('window-2')
  })

  it.each([
    ['a window that is not ours', call(9)],
    ['a page that is not ours', call(7, 'https://example.org/')],
    ['a page whose name begins like ours', call(7, 'app://attune.example.org/')],
    ['a frame inside our page', call(7, 'app://attune/', { url: 'app://attune/' })],
    ['a frame that is gone', { sender: { id: 7 }, senderFrame: null }],
  ])('%s is refused', (_who, event) => {
    expect(register.clientOf(event)).toBeNull()
  })
})

describe('the open windows', () => {
  it('keep their names, and a name that is free is given again', () => {
    const register = createWindowRegister()
    const [first, second] = [windowWith(1), windowWith(2)]
    expect([register.add(first), register.add(second)]).toEqual(['window-1', 'window-2'])
    register.remove('window-1')
    expect(register.all()).toEqual([{ clientId: 'window-2', window: second }])
    const third = windowWith(3)
    expect(register.add(third)).toBe('window-1')
    expect(register.windowOf('window-1')).toBe(third)
    expect(() => register.windowOf('window-9')).toThrow('window-9')
  })
})

describe('the calls of the preload', () => {
  function answered(clientId: string | null) {
    const listeners = new Map<string, (event: IpcMainInvokeEvent, ...args: unknown[]) => unknown>()
    const router = vi.fn<Router>(() => Promise.resolve({ ok: true, data: 'routed' }))
    const saveFile = vi.fn(() => Promise.resolve({ ok: true as const, data: 'saved' }))
    const pickFile = vi.fn(() => Promise.resolve({ ok: true as const, data: 'picked' }))
    answerCalls({
      ipcMain: { handle: (name, listener) => void listeners.set(name, listener) },
      router,
      clientOf: () => clientId,
      saveFile,
      pickFile,
    })
    const send = (name: string, input: unknown): unknown => listeners.get(name)?.({} as IpcMainInvokeEvent, input)
    return { listeners, router, saveFile, pickFile, send }
  }

  it('are the channels of the contract and two dialogs, and no others', () => {
    expect([...answered('window-1').listeners.keys()]).toEqual([...channels, 'dialog.save', 'dialog.pick'])
  })

  it('reach the router with the name of their window', async () => {
    const { send, router } = answered('window-2')
    expect(await send('exam.list', { any: 'input' })).toEqual({ ok: true, data: 'routed' })
    expect(router).toHaveBeenCalledExactlyOnceWith('window-2', 'exam.list', { any: 'input' })
  })

  it('reach the dialogs', async () => {
    const { send, saveFile, pickFile } = answered('window-1')
    await send('dialog.save', { id: 'x' })
    await send('dialog.pick', ['.csv'])
    expect(saveFile).toHaveBeenCalledExactlyOnceWith('window-1', { id: 'x' })
    expect(pickFile).toHaveBeenCalledExactlyOnceWith('window-1', ['.csv'])
  })

  it.each(['rating.record', 'dialog.save', 'dialog.pick'])('%s from elsewhere reaches nothing', async (name) => {
    const { send, router, saveFile, pickFile } = answered(null)
    expect(await send(name, {})).toEqual({ ok: false, code: 'forbidden', params: {} })
    for (const spy of [router, saveFile, pickFile]) expect(spy).not.toHaveBeenCalled()
  })
})

describe('a device with the standardized patient', () => {
  const session = { role: 'sp', examId: null, personId: null, handedOver: null }
  const encounter = '0d9f3a52-8f5e-4a7b-9a3e-0d6b6f2f6a11'
  const routerWith =
    (sessions: Record<string, unknown>): Router =>
    (clientId) =>
      Promise.resolve({ ok: true, data: sessions[clientId] ?? null })

  it('is known by any of its windows', async () => {
    const router = routerWith({ 'window-1': session, 'window-2': { ...session, handedOver: encounter } })
    expect(await isLent(router, ['window-1', 'window-2'])).toBe(true)
    expect(await isLent(router, ['window-1', 'window-3'])).toBe(false)
    expect(await isLent(router, [])).toBe(false)
  })
})
