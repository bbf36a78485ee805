import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { channels } from '#shared/contract/channels.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const read = (file: string) => readFileSync(`${root}/${file}`, 'utf8')

/** Every sentence of the locale by its whole key: "errors.forbidden.what". */
function keysOf(part: object, prefix = ''): string[] {
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${prefix}${name}.`) : [`${prefix}${name}`],
  )
}
const english = JSON.parse(read('shared/locales/en.json')) as Record<string, object>
const keys = keysOf(english)

/** A key in the source, with its ${…} standing for one or several names; what is built further may follow a dot. */
function patternOf(key: string): RegExp {
  const literal = key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'))
  return new RegExp(`^${literal.join('[\\w.-]+')}${key.endsWith('.') ? '.+' : '$'}`)
}

/** A string that begins with a section of the locale, or the path of an <i18n-t>. */
function mentionsIn(folders: string, sections: readonly string[]): { file: string; key: string }[] {
  const key = `((?:${sections.join('|')})\\.(?:[\\w.-]|\\$\\{[^}]*\\})+)`
  // What stands between double quotes in a template is an expression.
  const mention = new RegExp(`(['\`])${key}\\1|keypath="${key}"`, 'g')
  return globSync(`${folders}/**/*.{ts,vue}`, { cwd: root }).flatMap((file) =>
    [...read(file).matchAll(mention)].map(([, , key, path]) => ({ file, key: key ?? path ?? '' })),
  )
}
const mentions = [
  ...mentionsIn('renderer', Object.keys(english)),
  // What has no screen says these alone; 'results.csv' is the name of a file there.
  ...mentionsIn('{electron,shared}', ['analysis', 'errors', 'desktop', 'terminal', 'audit', 'sp', 'measurement']),
]
  .filter(({ key }) => !channels.some((channel) => channel === key))
  .map((found) => ({ ...found, pattern: patternOf(found.key) }))

test('every key that is mentioned has its sentence', () => {
  const missing = mentions.filter(({ pattern }) => !keys.some((key) => pattern.test(key)))
  expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
})

test('every sentence is said somewhere', () => {
  const unsaid = keys.filter((key) => !mentions.some(({ pattern }) => pattern.test(key)))
  expect(unsaid).toEqual([])
})

test('every sentence has one kind of apostrophe, the curved one', () => {
  const straight = read('shared/locales/en.json')
    .split('\n')
    .filter((line) => line.includes("'"))
  expect(straight).toEqual([])
})
