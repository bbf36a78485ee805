import type { Component } from 'vue'

/** An entry of a BaseMenu. */
export type MenuItem = { label: string; run: () => void; icon?: Component; danger?: boolean; disabled?: boolean }
