select city from registry_divisions where tenant = $1 and kind = 'county'
