/** How the name of a bundle ends. */
export const BUNDLE_ENDING = '.attune-bundle'
