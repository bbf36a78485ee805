import { signInAsDirector } from '#tests/support/scoring-sheet.ts'
import { expect, test } from './fixtures.ts'

test.use({ data: 'demo' })

/** Width and height of a PNG. */
const sizeOf = (png: Buffer) => [png.readUInt32BE(16), png.readUInt32BE(20)]

test('a director goes from what needs a look to the station it is about, and on to reliability', async ({
  page,
  host,
}) => {
  await page.getByRole('button', { name: 'Analysis' }).click()
  await signInAsDirector(page)
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
  const findings = page.getByRole('region', { name: 'What needs a look first?' }).getByRole('listitem')
  await expect(findings.first()).toContainText('Grave')
  await expect(findings.first()).toContainText('The mark in force, 60, lies apart')
  await expect(page.getByText('23 of 24 candidates have a score at every station.')).toBeVisible()

  await page.getByRole('link', { name: 'Stations', exact: true }).click()
  const lost = page.getByRole('application', { name: /^The lowest score is [\d.]+ / })
  await expect(lost.locator('svg')).toBeVisible()
  await lost.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByText(/^\d+, Exam: (\d+\.\d+(, below the cut)?|missing)$/)).toBeVisible()
  await page.getByRole('link', { name: 'Overview' }).click()

  await findings.filter({ hasText: 'At station 4' }).getByRole('link', { name: 'Station 4' }).click()
  await expect(page.getByRole('heading', { name: /^Station 4, .*: which score is borderline\?$/ })).toBeVisible()
  const chart = page.getByRole('application', { name: /^Score against global rating of 24 candidates\./ })
  await expect(chart.locator('svg')).toBeVisible()

  // By keyboard: the chart is one stop, its figures are said one by one, and the table is the next stop.
  await chart.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText(/^\S.*, score \d+\.\d: (one candidate|\d+ candidates)$/)).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const table = page.getByRole('table', { name: 'Candidates by score and global rating' })
  await expect(table).toBeVisible()
  const counts = await table.locator('tbody td:last-child').allTextContents()
  expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(24)
  const saved = await host.saved(page, () => page.getByRole('button', { name: 'Save SVG' }).first().click())
  expect(saved.name).toBe('station-4.svg')
  const svg = saved.bytes.toString('utf8')
  expect(svg).toMatch(/>Station 4, [^<]*: which score is borderline\?<\/text>/)
  expect(svg).toMatch(/>Score against global rating of 24 candidates\./)
  expect(svg).toMatch(/>Sample: Year 4 communication OSCE · Sample data: every person here is invented<\/text>/)
  const png = await host.saved(page, () => page.getByRole('button', { name: 'Save PNG' }).first().click())
  expect(png.name).toBe('station-4.png')
  // The same picture, of twice the size: what stands around the chart has its room.
  expect(sizeOf(png.bytes)).toEqual(
    /^<svg[^>]* width="([\d.]+)" height="([\d.]+)"/
      .exec(svg)
      ?.slice(1)
      .map((one) => Math.ceil(Number(one) * 2)),
  )

  await page.getByRole('link', { name: 'Reliability', exact: true }).click()
  await expect(page.getByText('24 candidates were marked at 8 stations, each by the one examiner')).toBeVisible()
  await expect(page.getByRole('application', { name: /Φ would be 0\.\d\d\./ })).toBeVisible()

  await page.getByRole('link', { name: 'Examiners', exact: true }).click()
  await expect(page.getByText('It cannot be told who was harsh')).toBeVisible()
  await expect(page.getByText('each of 8 stations had one of 4 examiners and nobody else')).toBeVisible()
  const map = page.getByRole('region', { name: 'Where do candidates, stations and examiners stand?' })
  await expect(map.getByRole('application', { name: /^24 candidates from/ })).toBeVisible()
  const unnamed = await host.saved(page, () => map.getByRole('button', { name: 'Save SVG' }).click())
  expect(unnamed.name).toBe('wright-map.svg')
  await map.getByLabel('With names').check()
  const named = await host.saved(page, () => map.getByRole('button', { name: 'Save SVG' }).click())
  expect(named.name).toBe('wright-map-with-names.svg')

  await page.getByRole('link', { name: 'Patients’ view', exact: true }).click()
  await expect(
    page.getByText(/^Over 191 encounters examiners score \d+\.\d points lower than patients on average\./),
  ).toBeVisible()
  await expect(page.getByRole('application', { name: /^Difference against mean of 191 pairs\./ })).toBeVisible()
  for (const cues of [/^Of \d+ cues \d+ were marked/, /^Of \d+ cues that ask for a domain \d+ were marked/]) {
    await expect(page.getByRole('application', { name: cues })).toBeVisible()
  }
  await page.getByRole('link', { name: 'Groups', exact: true }).click()
  const stations = page.getByRole('table', { name: '“B” compared with “A” at each station' })
  await expect(stations.getByRole('row')).toHaveCount(9)

  await page.getByRole('button', { name: 'Results' }).click()
  await expect(page.getByRole('heading', { name: 'Completeness', level: 1 })).toBeVisible()
  await page.getByRole('button', { name: 'Analysis' }).click()
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible()
})

test('a director tries another standard, decides on it with a reason, and outcomes follow', async ({ page }) => {
  await page.getByRole('button', { name: 'Analysis' }).click()
  await signInAsDirector(page)
  await page.getByRole('link', { name: 'What if' }).click()
  await page.getByLabel('Method').selectOption('angoff')
  await page.getByLabel('Judges').fill('2')
  await page.getByLabel('Judge 1, station 1 ').fill('50')
  await page.getByLabel('Judge 2, station 1 ').fill('12,5')
  await expect(page.getByText('Judge 2: “12,5” has a comma. Write the decimals with a point.')).toBeVisible()
  await page.getByLabel('Judge 2, station 1 ').fill('60')
  const judged = page.getByRole('table', { name: 'What would a candidate reach who is just good enough?' })
  await expect(judged.getByRole('row').nth(1).getByRole('cell').nth(1)).toHaveText('5.00')
  await expect(judged.getByRole('row').nth(1).getByRole('cell').nth(0)).toHaveText('55.0')
  await page.getByLabel('Method').selectOption('borderline-regression')
  const outcomes = page.getByRole('table', { name: 'Outcomes' })
  await expect(outcomes.getByRole('row', { name: /^Pass/ })).toHaveText(/^Pass\s*18\s*2\d$/)
  await page.getByRole('button', { name: 'Decide on this standard' }).click()
  await page.getByRole('dialog').getByLabel('Reason').fill('The board followed borderline regression.')
  await page.getByRole('dialog').getByRole('button', { name: 'Decide', exact: true }).click()
  await expect(page.getByText('The standard is in force.')).toBeVisible()
  await expect(page.getByText('Nobody’s outcome would change.')).toBeVisible()
  await page.getByRole('link', { name: 'Overview' }).click()
  await expect(
    page.getByText(/^Decided by Sample Director, .*: The board followed borderline regression\.$/),
  ).toBeVisible()
  await expect(page.getByText('The mark in force, 60, lies apart')).toBeHidden()
})
