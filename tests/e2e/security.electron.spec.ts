import { expect, test } from './fixtures.ts'

test('in the desktop app no window opens, and no link leads away', async ({ host }) => {
  const page = await host.start()
  const before = page.url()
  expect(await page.evaluate(() => window.open('https://example.org/') === null)).toBe(true)
  await page.evaluate(() => {
    location.href = 'https://example.org/'
  })
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible()
  expect(page.url()).toBe(before)
})
