import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What axe finds wrong, in the colours of `colorScheme`; one line a place. In Electron it can open no page of its own. */
async function violations(
  page: Page,
  colorScheme: 'light' | 'dark',
  { rules, but = [] }: { rules?: string[]; but?: string[] },
): Promise<string[]> {
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
  // Colours on their way are neither the old ones nor the new.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] })
  const result = await (rules ? axe.withRules(rules) : axe.disableRules(but)).analyze()
  return result.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary = '' }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  )
}

/**
 * Holds what the page shows now against every rule of axe, in light and in dark, which differs in its colours only. A
 * test goes on after a violation, so that one run tells them all. `but` names rules that axe applies wrongly to this state.
 */
export async function audit(page: Page, state: string, but: string[] = []): Promise<void> {
  expect.soft(await violations(page, 'light', { but }), `${state}, light`).toEqual([])
  expect.soft(await violations(page, 'dark', { rules: ['color-contrast'] }), `${state}, dark`).toEqual([])
}
