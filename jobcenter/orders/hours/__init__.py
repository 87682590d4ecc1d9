"""Hours of work: logged, confirmed or disputed by the orderer, corrected with a trail; and the orderer's feedback."""
