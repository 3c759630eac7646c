import {H,who,shot,txt,run,PHONE,DESK,code,signs} from './zz_user_lib.mjs';
import {writeFileSync} from 'fs';
run(async()=>{
 const a=await who('real','sys'); const p=a.page; const b=await who('real','sec'); const q=b.page;
 const T=async(t,n=500)=>console.log(t,p.url().replace(H.real,''),'=>',(await txt(p)).slice(0,n).replace(/\n/g,' / '));
 await p.goto('/registry/divisions'); await p.getByRole('link',{name:'六安市'}).click(); await p.waitForLoadState(); await T('CITY');
 await p.getByRole('link',{name:'舒城县'}).click(); await p.waitForLoadState(); await T('COUNTY',900); await shot(p,'r6-county');
 // dup code by hand, wrong prefix
 const mk=async(n,c)=>{const f=p.locator('main form').filter({has:p.getByRole('button',{name:'登记',exact:true})}).first(); await f.getByLabel('名称').fill(n); await f.getByLabel('区划代码').fill(c); await f.getByRole('button',{name:'登记',exact:true}).click(); await p.waitForLoadState(); await T('MK '+n+c,400)};
 await mk('城关镇','341523100'); await p.goto(p.url());
 await p.goto('/registry/divisions'); await p.getByRole('link',{name:'六安市'}).click(); await p.getByRole('link',{name:'舒城县'}).click(); await p.waitForLoadState(); const cu=p.url();
 await mk('别县镇','341524101'); await p.goto(cu); await mk('城关镇','341523101'); await p.goto(cu);
 const d=p.locator('details',{hasText:'修改名称或代码'}).first(); if(await d.count()) await d.locator('summary').click(); await shot(p,'r6-rename');
 console.log((await p.locator('main').innerHTML()).replace(/\s+/g,' ').match(/修改名称[\s\S]*/)?.[0].slice(0,1500));
 const f=p.locator('form').filter({has:p.getByRole('button',{name:/保存|修改/})}).first();
 console.log(await f.getByRole('button').allInnerTexts());
 await f.getByLabel('名称').fill('舒城新县'); const r=f.getByLabel(/理由|原因/); if(await r.count()) await r.fill('改名');
 await f.getByRole('button').first().click(); await p.waitForLoadState(); await T('RENAMED',900); await shot(p,'r6-renamed');
 // account
 await p.goto('/accounts/users'); await T('USERS',900); await shot(p,'r7-users');
 await p.getByRole('button',{name:'建立账号'}).click(); await p.waitForLoadState(); await T('EMPTYUSER',300);
 await p.getByLabel('登录名').fill('程县局'); await p.getByLabel('姓名').fill('程县局'); await p.getByRole('button',{name:'建立账号'}).click(); await p.waitForLoadState(); await T('USER',1200); await shot(p,'r7-user'); const u=p.url();
 let cd=(await p.content()).match(/一次性代码：<strong>([^<]+)</)?.[1]; console.log('code',cd);
 if(!cd){ await p.getByRole('button',{name:/一次性代码/}).first().click(); await p.waitForLoadState(); await T('CODE',900); cd=(await p.content()).match(/一次性代码：<strong>([^<]+)</)?.[1]; await shot(p,'r7-code');}
 await p.goto('/accounts/users'); await p.getByLabel('登录名').fill('程县局'); await p.getByLabel('姓名').fill('又一个'); await p.getByRole('button',{name:'建立账号'}).click(); await p.waitForLoadState(); await T('DUP',300);
 await q.goto('/accounts/users'); console.log('SECUSERS',(await txt(q)).slice(0,800).replace(/\n/g,' / '));
 await q.goto(u); console.log('SECUSER',(await txt(q)).slice(0,2500).replace(/\n/g,' / ')); await shot(q,'r8-grant');
 const sel=await q.getByLabel('范围').locator('option').allInnerTexts(); console.log('SCOPES',sel);
 await q.getByLabel('职务').selectOption({label:'县区物业主管部门'});await q.getByLabel('范围').selectOption({label:'六安市'}); await q.getByLabel('单位名称').fill('x'); await q.getByRole('button',{name:'授予'}).click(); await q.waitForLoadState(); console.log('WRONGSCOPE',(await txt(q)).slice(0,500).replace(/\n/g,' / ')); await shot(q,'r8-wrongscope');
 await q.goto(u);await q.getByLabel('职务').selectOption({label:'县区物业主管部门'});await q.getByLabel('范围').selectOption({label:sel.find(x=>x.includes('舒城'))}); await q.getByLabel('单位名称').fill('舒城县城管局'); await q.getByRole('button',{name:'授予'}).click(); await q.waitForLoadState(); console.log('GRANTED',(await txt(q)).slice(0,900).replace(/\n/g,' / ')); await shot(q,'r8-granted');
 const c=await who('real',''); const s=c.page; await code(s,cd); console.log('B',(await txt(s)).slice(0,200)); await signs(s,'程县局'); writeFileSync('/tmp/user/st-real-county.json',JSON.stringify(await c.context.cookies()));
 console.log('COUNTYHOME',(await txt(s)).replace(/\n/g,' / ')); await shot(s,'r9-home');
 await s.goto('/registry/communities'); console.log((await txt(s)).replace(/\n/g,' / ')); await shot(s,'r9-comms');
 await s.goto('/registry/communities/new'); console.log((await txt(s)).replace(/\n/g,' / ')); await shot(s,'r9-newcomm');
 await s.locator('main form button.btn-primary').click(); await s.waitForLoadState(); console.log('EMPTY',(await txt(s)).slice(0,500).replace(/\n/g,' / '));
 await s.goto('/registry/enterprises'); console.log((await txt(s)).replace(/\n/g,' / ')); console.log(await s.locator('main a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
});
