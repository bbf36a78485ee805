import { describe, expect, it } from 'vitest'
import { browserCommand } from '#electron/web/browser.ts'
import { readWebFlags } from '#electron/web/flags.ts'
import { contentDisposition } from '#electron/web/send-file.ts'

describe('the flags of the web host', () => {
  it('have defaults that need no thought', () => {
    expect(readWebFlags([])).toEqual({
      port: null,
      dataDir: null,
      demo: false,
      takeBack: false,
      open: true,
    })
  })

  it('are read', () => {
    expect(readWebFlags(['--port', '4711', '--data', '/exam/day', '--demo', '--take-back', '--no-open'])).toEqual({
      port: 4711,
      dataDir: '/exam/day',
      demo: true,
      takeBack: true,
      open: false,
    })
    expect(readWebFlags(['--open'])).toMatchObject({ open: true })
  })

  it.each([
    [['--prot', '80'], "Unknown option '--prot'"],
    [['folder'], "Unexpected argument 'folder'"],
    [['--port'], "'--port <value>' argument missing"],
    [['--port', 'eighty'], '"eighty"'],
    [['--port', '65536'], '"65536"'],
    [['--port=-1'], '"-1"'],
    [['--data', ''], '--data'],
    [['--open=yes'], "'--open'"],
  ])('%j is refused in one sentence', (argv, part) => {
    const read = readWebFlags(argv)
    expect(read).toHaveProperty('problem')
    const problem = 'problem' in read ? read.problem : ''
    expect(problem).toContain(part)
    expect(problem).toMatch(/\.$/)
    expect(problem).not.toContain('\n')
  })
})

describe('the browser', () => {
  const url = 'http://127.0.0.1:4711/#token=abc&calc'

  it.each([
    ['win32', {}, 'rundll32.exe'],
    ['darwin', {}, 'open'],
    ['linux', { DISPLAY: ':0' }, 'xdg-open'],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, 'xdg-open'],
  ] as const)('on %s with %o is opened by %s, the address as one argument', (platform, env, file) => {
    const command = browserCommand(url, platform, env)
    expect(command?.file).toBe(file)
    expect(command?.args.at(-1)).toBe(url)
  })

  it('is not looked for where there is no display: a terminal browser would take the terminal', () => {
    expect(browserCommand(url, 'linux', {})).toBeNull()
  })
})

describe('the name of a download', () => {
  it.each([
    ['1001.pdf', `attachment; filename="1001.pdf"; filename*=UTF-8''1001.pdf`],
    [
      'Ольга "O".pdf',
      `attachment; filename="_____ _O_.pdf"; filename*=UTF-8''%D0%9E%D0%BB%D1%8C%D0%B3%D0%B0%20%22O%22.pdf`,
    ],
    ["a'b(c)*.csv", `attachment; filename="a'b(c)*.csv"; filename*=UTF-8''a%27b%28c%29%2A.csv`],
    [
      'a\r\nSet-Cookie: x.csv',
      `attachment; filename="a__Set-Cookie: x.csv"; filename*=UTF-8''a%0D%0ASet-Cookie%3A%20x.csv`,
    ],
  ])('%j is sent whole and harmless', (name, header) => {
    expect(contentDisposition(name)).toBe(header)
  })
})
