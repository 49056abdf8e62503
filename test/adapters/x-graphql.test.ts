import { xGraphql } from '../../src/adapters/x-graphql.ts'
import { describeAdapter } from './contract.ts'

describeAdapter(xGraphql)
