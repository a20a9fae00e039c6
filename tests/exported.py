"""An export of a payroll system."""

#: As personnel systems print it: title lines, a heading nobody would choose, codes, a repeated header, a total.
PAYROLL = """Personnel Data Report;;;;;;;;
Run date: 10/03/2012; Pay period 20;;;;;;;
;;;;;;;;
EMPLID;Emp Name;Soc Sec Nbr;PAYPLAN;Appt Type Descr;Sub-Agency Name;Annual Basic Rate;Final Rating of Record;Perf Award Amt
0004711;ADAMS,AVERY;;ES;10 - SES Career;Office of Programs;$165,300.00;5 - Outstanding;12,000.00
0004712;BROWN,BLAIR;;ES;SES Non-Career;Office of the Secretary;165300;4;
0004713;COLE,CASEY;;GS;Career;Office of Programs;120,000;3;
EMPLID;Emp Name;Soc Sec Nbr;PAYPLAN;Appt Type Descr;Sub-Agency Name;Annual Basic Rate;Final Rating of Record;Perf Award Amt
0004714;DIAZ,DREW;;ES;SES Limited Term;Office of Inspector General;150000;Not Rated;
0004715;EAST,EMERY;;ES;10 - SES Career;Office of Inspector General;USD 140 000;3-Fully Successful;
Total;5;;;;;;;12,000.00
"""
