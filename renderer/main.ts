import '@fontsource-variable/inter/wght.css'
import './ui/scripts.css'
import './ui/tokens.css'
import './ui/base.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { z } from 'zod'
import App from './App.vue'
import { connect } from './api.ts'
import { useExamsStore } from './use-exams-store.ts'
import { i18n } from './i18n.ts'
import { createAppRouter } from './router.ts'
import { warmFormats } from './ui/format.ts'

// zod would otherwise compile its parsers with `new Function`, which the content security policy forbids.
z.config({ jitless: true })

// Before the router: the bridge takes the token out of the address, which is no route.
connect()

const app = createApp(App).use(createPinia()).use(i18n)
const router = createAppRouter()
app.use(router)
// Who sits here and which exams there are decide what is shown; asked at once, the first screen is not drawn twice.
// Not awaited: a module that others import from and that waits would be cut into dozens of files.
void Promise.all([router.isReady(), useExamsStore().load()]).then(() => app.mount('#app'))
warmFormats()
