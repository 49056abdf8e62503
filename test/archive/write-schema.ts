// Writes archive/schema.sql from the migrations (npm run schema).
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describeSchema, migrate } from '../../src/archive/migrations.ts'

const db = new Database(':memory:')
migrate(db, new Date(0))
writeFileSync(join(import.meta.dirname, '../../archive/schema.sql'), describeSchema(db))
db.close()
