"""How great is the risk at each mission, what would lower it, and who may accept what remains?"""
