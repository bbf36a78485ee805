import { expect, test } from './fixtures.ts'

test('a page that was tricked into foreign content runs none of it and reaches nothing', async ({ host }) => {
  const page = await host.start()
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  const found = await page.evaluate(async () => {
    const script = document.createElement('script')
    script.textContent = 'window.tricked = true'
    document.head.append(script)
    const picture = document.createElement('div')
    picture.innerHTML = '<img src="x" onerror="window.tricked = true"><a href="javascript:window.tricked=true">x</a>'
    document.body.append(picture)
    picture.querySelector('a')?.click()
    const frame = document.createElement('iframe')
    frame.srcdoc = '<script>parent.tricked = true</script>'
    document.body.append(frame)
    const outcome = async (deed: () => unknown) => {
      try {
        await deed()
        return 'done'
      } catch {
        return 'refused'
      }
    }
    const socketOutcome = () =>
      new Promise((resolve) => {
        try {
          const socket = new WebSocket('ws://127.0.0.1:9/')
          socket.onerror = () => {
            resolve('refused')
          }
          socket.onopen = () => {
            resolve('done')
          }
        } catch {
          resolve('refused')
        }
      })
    // What is run for a test may compile text; what comes after it may not.
    await new Promise((resolve) => setTimeout(resolve))
    return {
      eval: await outcome(() => (Reflect.get(globalThis, 'eval') as (text: string) => unknown)('1 + 1')),
      made: await outcome(() => new (Reflect.get(globalThis, 'Function') as new (text: string) => unknown)('return 1')),
      fetched: await outcome(() => fetch('https://example.org/', { mode: 'no-cors' })),
      socket: await socketOutcome(),
      node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in globalThis),
      tricked: 'tricked' in globalThis,
    }
  })
  expect(found).toEqual({
    eval: 'refused',
    made: 'refused',
    fetched: 'refused',
    socket: 'refused',
    node: [],
    tricked: false,
  })
})
