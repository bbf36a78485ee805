/**
 * Loaded before the product, for a journey that must not wait so long: at each SIGUSR2 a minute and a half have passed on
 * the steady clock of this process, which is what windows lock by and stations are timed with.
 */
const steady = performance.now.bind(performance)
let ahead = 0
performance.now = () => steady() + ahead
process.on('SIGUSR2', () => {
  ahead += 90_000
})
