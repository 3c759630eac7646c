import {H,who,shot,txt,run,PHONE,DESK} from './zz_user_lib.mjs';
run(async()=>{
 const d=await who('nov','方明远'); const s=d.page; 
 await s.goto('/campaigns/18657331205387/awards'); console.log('AWARDS',await txt(s)); await shot(s,'n1-awards');
 console.log(await s.locator('main a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
 const z=await who('nov','',PHONE); const t=z.page; await t.goto('/campaigns/posted'); console.log('POSTED',t.url(),await txt(t)); await shot(t,'n2-posted');
 console.log(await t.locator('main a').evaluateAll(x=>x.map(e=>e.innerText.trim()+' '+e.getAttribute('href')).join(' | ')));
});
