-- Whose an application is, whoever wrote it: scores, appeals and material are theirs, beside the county that looks after it.
alter table campaigns_applications add column party text not null default 'enterprise' check (party in ('enterprise', 'committee', 'county'));
update campaigns_applications set party = 'committee' where applicant = 'committee';
-- What a county recommended before this was kept. An enterprise, a project and a person are posted with something in brackets behind them, a
-- committee is not, unless it is being prepared. Whose a person is nobody was asked, so the county's alone.
update campaigns_applications set party = 'committee'
where channel = 'bureau' and (subject not like '%）' or subject like '%委员会（筹）');
update campaigns_applications set party = 'county'
where channel = 'bureau' and party = 'enterprise' and subject is not null
  and subject not like '%（代表项目：%' and subject not like '%物业服务项目（%';
alter table campaigns_applications drop column applicant;
