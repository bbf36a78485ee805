import en from './en.json' with { type: 'json' }

type Params = Readonly<Record<string, string | number>>

/**
 * A sentence of the locale for what has no screen (a menu, a dialog, a terminal) by its whole key, "desktop.newWindow".
 * `{name}` stands for a param; one that is unknown or empty reads "…", and what stands in [square brackets] is left out
 * without its params. The screens' sentences know neither brackets nor, here, their plurals.
 */
export function phrase(key: string, params: Params = {}): string {
  const sentence = sentenceOf(key)
  if (sentence === null) throw new Error(`The locale has no sentence "${key}".`)
  const known = (name: string) => String(params[name] ?? '')
  const isKnown = (part: string) => [...part.matchAll(param)].every(([, name = '']) => known(name) !== '')
  return sentence
    .replaceAll(/\[([^[\]]*)\]/g, (_, part: string) => (isKnown(part) ? part : ''))
    .replaceAll(param, (_, name: string) => known(name) || '…')
}

/** Whether the locale has a sentence under this key. */
export const hasPhrase = (key: string): boolean => sentenceOf(key) !== null

const param = /\{(\w+)\}/g

function sentenceOf(key: string): string | null {
  const found = key
    .split('.')
    .reduce<unknown>(
      (part, name) =>
        typeof part === 'object' && part !== null && Object.hasOwn(part, name) ? Reflect.get(part, name) : null,
      en,
    )
  return typeof found === 'string' ? found : null
}
