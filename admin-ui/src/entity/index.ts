/** The generated screens: any entity as list, detail and form. */
import './entity-list.ts'
import './entity-detail.ts'
import './entity-form.ts'
