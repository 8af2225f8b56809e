"""What is happening around our missions, who says so, and how far is it believed?"""
