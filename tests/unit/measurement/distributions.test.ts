import { expect, test } from 'vitest'
import {
  chiSquareAbove,
  fAbove,
  fQuantile,
  normalBelow,
  normalTwoSided,
  tQuantile,
  tTwoSided,
  Z95,
} from '#shared/measurement/distributions.ts'

const near = (value: number, expected: number) => {
  expect(Math.abs(value / expected - 1)).toBeLessThan(1e-9)
}

// Reference values: R 4.2, qf, pf, qt, pt, pchisq, pnorm; the two of F are those of Shrout and Fleiss 1979.
test('probabilities and quantiles are exact, in the tails too', () => {
  near(Z95, 1.959963984540054)
  near(normalBelow(-8), 6.220960574271786e-16)
  near(normalTwoSided(2.11381070731087), 0.034531438087347)
  near(tQuantile(0.975, 16), 2.119905299221255)
  near(tTwoSided(11.0039382325898, 15), 1.39950133988701e-8)
  near(fAbove(1.79467849223947, 5, 18), 0.16476880834464)
  near(fAbove(11.0272479564033, 5, 15), 0.000134566516484336)
  near(fQuantile(0.975, 5, 15), 3.576415349279061)
  near(chiSquareAbove(3.841458820694124, 1), 0.05)
})
