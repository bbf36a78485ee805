import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { channels } from '#shared/contract/channels.ts'

const renderer = fileURLToPath(new URL('../../renderer/', import.meta.url))
const read = (file: string) => readFileSync(`${renderer}/${file}`, 'utf8')

/** Every sentence of the locale by its whole key: "errors.forbidden.what". */
function keysOf(part: object, prefix = ''): string[] {
  return Object.entries(part).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysOf(value, `${prefix}${name}.`) : [`${prefix}${name}`],
  )
}
const english = JSON.parse(read('locales/en.json')) as Record<string, object>
const keys = keysOf(english)

/** A key in the source, with its ${…} standing for one or several names; what is built further may follow a dot. */
function patternOf(key: string): RegExp {
  const literal = key.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'))
  return new RegExp(`^${literal.join('[\\w.-]+')}${key.endsWith('.') ? '.+' : '$'}`)
}

/**
 * Strings in the screens that begin with a section of the locale. What stands between double quotes in a template is an
 * expression, save for the path of an <i18n-t>.
 */
const key = `((?:${Object.keys(english).join('|')})\\.(?:[\\w.-]|\\$\\{[^}]*\\})+)`
const mention = new RegExp(`(['\`])${key}\\1|keypath="${key}"`, 'g')
const mentions = globSync('**/*.{ts,vue}', { cwd: renderer })
  .flatMap((file) => [...read(file).matchAll(mention)].map(([, , key, path]) => ({ file, key: key ?? path ?? '' })))
  .filter(({ key }) => !channels.some((channel) => channel === key))
  .map((found) => ({ ...found, pattern: patternOf(found.key) }))

test('every key that a screen mentions has its sentence', () => {
  const missing = mentions.filter(({ pattern }) => !keys.some((key) => pattern.test(key)))
  expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([])
})

test('every sentence is said somewhere', () => {
  const unsaid = keys.filter((key) => !mentions.some(({ pattern }) => pattern.test(key)))
  expect(unsaid).toEqual([])
})
