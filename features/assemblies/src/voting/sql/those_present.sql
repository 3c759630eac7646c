select unit from assemblies_letters where tenant = $1 and decision = $2 and present_at is not null
