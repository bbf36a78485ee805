import { expect, it } from 'vitest'
import { beforeBundles } from '#electron/services/laptops/before-bundles.ts'

/** The copies that are made, and time that the test moves. */
function kept(failing: () => boolean = () => false) {
  let at = 0
  const made: number[] = []
  const before = beforeBundles(
    () => {
      made.push(at)
      return failing() ? Promise.reject(new Error('no room')) : Promise.resolve()
    },
    () => at,
  )
  return { made, before, pass: (ms: number) => (at += ms) }
}

it('bundles that come together are one import, with one copy of the data before it', async () => {
  const { made, before, pass } = kept()
  for (let file = 0; file < 40; file++) {
    await before()
    pass(1000)
  }
  expect(made).toEqual([0])
  pass(20_000)
  await before()
  expect(made).toEqual([0, 60_000])
})

it('the first bundle after the minute has a copy of its own', async () => {
  const { made, before, pass } = kept()
  await before()
  pass(59_999)
  await before()
  pass(1)
  await before()
  expect(made).toEqual([0, 60_000])
})

it('a copy that could not be made is tried again before the next bundle', async () => {
  let fails = true
  const { made, before } = kept(() => fails)
  await expect(before()).rejects.toThrow('no room')
  fails = false
  await before()
  await before()
  expect(made).toHaveLength(2)
})
