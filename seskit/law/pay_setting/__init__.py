"""Pay-setting up to Executive Schedule level II: what may this executive be paid, when, by whose approval, and why."""

from seskit.law.pay_setting.adjust import *
from seskit.law.pay_setting.aggregate import *
from seskit.law.pay_setting.clock import *
from seskit.law.pay_setting.conversion import *
from seskit.law.pay_setting.critical_pay import *
from seskit.law.pay_setting.critical_position import *
from seskit.law.pay_setting.initial import *
from seskit.law.pay_setting.loss_and_freeze import *
from seskit.law.pay_setting.moves import *
from seskit.law.pay_setting.moving_range import *
from seskit.law.pay_setting.presidential import *
from seskit.law.pay_setting.rates import *
from seskit.law.pay_setting.receipts import *
from seskit.law.pay_setting.reduce import *
from seskit.law.pay_setting.rulemaking import *
from seskit.law.pay_setting.senior_level import *
from seskit.law.pay_setting.special_cases import *
