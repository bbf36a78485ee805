import { expect, it } from 'vitest'
import type { Result } from '#shared/contract/result.ts'
import { useRequest } from '#renderer/ui/use-request.ts'

const refused: Result<string> = { ok: false, code: 'exam-closed', params: {} }
const taken: Result<string> = { ok: true, data: 'kept' }

it('a button that is pressed again while the host works asks nothing', async () => {
  const { busy, ask } = useRequest()
  const { promise, resolve } = Promise.withResolvers<Result<string>>()
  let asked = 0
  const press = () =>
    ask(() => {
      asked += 1
      return promise
    })
  const first = press()
  expect(busy.value).toBe(true)
  expect(await press()).toBeNull()
  resolve(taken)
  expect(await first).toEqual(taken)
  expect(busy.value).toBe(false)
  expect(asked).toBe(1)
})

it('a refusal stands until something goes through', async () => {
  const { failure, ask } = useRequest()
  await ask(() => Promise.resolve(refused))
  expect(failure.value).toEqual(refused)
  await ask(() => Promise.resolve(taken))
  expect(failure.value).toBeNull()
})

it('a request that breaks leaves the button usable', async () => {
  const { busy, ask } = useRequest()
  await expect(ask(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(busy.value).toBe(false)
})
