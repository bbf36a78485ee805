import en from './en.json' with { type: 'json' }

type Params = Readonly<Record<string, string | number>>

/**
 * A sentence of the locale for what has no screen (a menu, a dialog, a terminal) by its whole key, "desktop.newWindow".
 * `{name}` stands for a param; one that is unknown or empty reads "…", and what stands in [square brackets] is left out
 * without its params; the screens' sentences know no brackets. `plural` chooses between what stands with | between:
 * none, one and many, or one and many, as vue-i18n does.
 */
export function phrase(key: string, params: Params = {}, plural?: number): string {
  const found = sentenceOf(key)
  if (found === null) throw new Error(`The locale has no sentence "${key}".`)
  const sentence = plural === undefined ? found : formOf(found.split(' | '), plural)
  const known = (name: string) => String(params[name] ?? '')
  const isKnown = (part: string) => [...part.matchAll(param)].every(([, name = '']) => known(name) !== '')
  return sentence
    .replaceAll(/\[([^[\]]*)\]/g, (_, part: string) => (isKnown(part) ? part : ''))
    .replaceAll(param, (_, name: string) => known(name) || '…')
}

function formOf(forms: readonly string[], n: number): string {
  const [first = '', second = first, third = second] = forms
  if (forms.length > 2) return n === 0 ? first : n === 1 ? second : third
  return n === 1 ? first : second
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
