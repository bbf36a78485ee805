import type Axe from 'axe-core'
import axe from 'axe-core'
import { expect, type Page } from '@playwright/test'

/** What axe finds wrong, in the colours of `colorScheme`; one line a place. */
async function violations(page: Page, colorScheme: 'light' | 'dark', options: Axe.RunOptions): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  // A page keeps axe from one state to the next: it is a megabyte of source.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  return page.evaluate(async (how) => {
    // Colours on their way are neither the old ones nor the new.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
    const { axe: here } = window as unknown as { axe: typeof Axe }
    const found = await here.run(document, { ...how, resultTypes: ['violations'] })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
    )
  }, options)
}

/**
 * Holds what the page shows now against every rule of axe, in light and in dark, which differs in its colours only. A
 * test goes on after a violation, so that one run tells them all. `but` names rules that axe applies wrongly to this state.
 */
export async function audit(page: Page, state: string, but: string[] = []): Promise<void> {
  const rules = Object.fromEntries(but.map((rule) => [rule, { enabled: false }]))
  expect.soft(await violations(page, 'light', { rules }), `${state}, light`).toEqual([])
  expect.soft(await violations(page, 'dark', { runOnly: ['color-contrast'] }), `${state}, dark`).toEqual([])
}
