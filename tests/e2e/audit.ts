import type Axe from 'axe-core'
import axe from 'axe-core'
import { expect, type Page } from '@playwright/test'

/** What a page keeps from one state to the next. */
interface Kept {
  axe: typeof Axe
  /** Looks that were met, each as its place in this list. */
  looks?: Map<string, number>
  /** Looks whose contrast axe has found enough. */
  sound?: Set<number>
}

const CONTRAST = 'color-contrast'

/** Runs in the page: what the rules that `rules` leaves on find wrong, all but contrast; one line a place. */
async function faults(rules: Record<string, { enabled: boolean }>): Promise<string[]> {
  const page = window as unknown as Kept
  const { violations } = await page.axe.run(document, { rules, resultTypes: ['violations'] })
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  )
}

/**
 * Runs in the page: where axe finds too little contrast; one line a place. A text that has the same classes and computed
 * colours, all the way up to the root, as one that axe has passed passes too: of each look axe is given one text, and
 * the others only where it did not pass that one.
 */
async function contrastFaults(rule: string): Promise<string[]> {
  const page = window as unknown as Kept
  const looks = (page.looks ??= new Map<string, number>())
  const sound = (page.sound ??= new Set<number>())
  const known = new Map<Element | null, number>([[null, -1]])
  const lookOf = (element: Element): number => {
    const met = known.get(element)
    if (met !== undefined) return met
    const style = getComputedStyle(element)
    const own = [
      'color',
      'background-color',
      'background-image',
      'opacity',
      'filter',
      'mix-blend-mode',
      'font-size',
      'font-weight',
      'text-shadow',
      '-webkit-text-stroke',
    ].map((property) => style.getPropertyValue(property))
    const above = element.parentElement === null ? -1 : lookOf(element.parentElement)
    const key = [above, element.tagName, element.getAttribute('class'), ...own].join('|')
    const look = looks.get(key) ?? looks.size
    looks.set(key, look)
    known.set(element, look)
    return look
  }
  const hasText = (element: Element) =>
    element.matches('input, select, textarea') ||
    [...element.childNodes].some(({ nodeType, nodeValue }) => nodeType === Node.TEXT_NODE && nodeValue?.trim())
  // Asked anew before each check: a text may have given way to another while axe ran.
  const texts = () =>
    [...document.body.querySelectorAll('*')].filter(
      (element) => hasText(element) && element.checkVisibility({ visibilityProperty: true }),
    )
  const found: string[] = []
  const check = async (elements: Element[]) => {
    if (elements.length === 0) return
    const { passes, violations } = await page.axe.run(elements, {
      runOnly: [rule],
      elementRef: true,
      resultTypes: ['passes', 'violations'],
    })
    for (const { element } of passes.flatMap(({ nodes }) => nodes)) if (element) sound.add(lookOf(element))
    for (const { target, failureSummary = '' } of violations.flatMap(({ nodes }) => nodes))
      found.push(`${rule} at ${target.join(' ')}: ${failureSummary}`)
  }
  const doubtful = () => texts().filter((element) => !sound.has(lookOf(element)))
  const first = [...new Map(doubtful().map((element) => [lookOf(element), element])).values()]
  await check(first)
  await check(doubtful().filter((element) => !first.includes(element)))
  return found
}

async function show(page: Page, colorScheme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  // Colours on their way are neither the old ones nor the new.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
}

/**
 * Holds what the page shows now against every rule of axe, in light and in dark, which differs in its colours only. A
 * test goes on after a violation, so that one run tells them all. `but` names rules that axe applies wrongly to this state.
 */
export async function audit(page: Page, state: string, but: string[] = []): Promise<void> {
  // It is a megabyte of source: a page gets it once.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const rules = Object.fromEntries([...but, CONTRAST].map((rule) => [rule, { enabled: false }]))
  await show(page, 'light')
  expect.soft(await page.evaluate(faults, rules), `${state}, light`).toEqual([])
  expect.soft(await page.evaluate(contrastFaults, CONTRAST), `${state}, contrast in light`).toEqual([])
  await show(page, 'dark')
  expect.soft(await page.evaluate(contrastFaults, CONTRAST), `${state}, contrast in dark`).toEqual([])
}
