import { xOembed } from '../../../src/adapters/x/oembed.ts'
import { describeAdapter } from '../contract.ts'

describeAdapter(xOembed)
