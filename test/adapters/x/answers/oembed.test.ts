import { xOembed } from '../../../../src/adapters/x/answers/oembed.ts'
import { describeAdapter } from '../../contract.ts'

describeAdapter(xOembed)
