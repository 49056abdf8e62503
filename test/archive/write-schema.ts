// Writes what is generated from the migrations (npm run schema): archive/schema.sql, the diagram in archive/README.md,
// and archive/metadata.json.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SqliteDatabase } from '../../src/archive/database/sqlite.ts'
import { migrate } from '../../src/archive/schema/migrations.ts'
import { describeForDatasette, drawInto } from './guide.ts'
import { describeSchema } from './schema-text.ts'

const FOLDER = join(import.meta.dirname, '../../archive')
const db = new SqliteDatabase(':memory:')
migrate(db, new Date(0))
const schema = describeSchema(db)
const guide = drawInto(readFileSync(join(FOLDER, 'README.md'), 'utf8'), db)
writeFileSync(join(FOLDER, 'schema.sql'), schema)
writeFileSync(join(FOLDER, 'README.md'), guide)
writeFileSync(join(FOLDER, 'metadata.json'), describeForDatasette(guide, schema))
db.close()
