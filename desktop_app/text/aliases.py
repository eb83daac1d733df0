"""Words that lenders' files use for the standard columns, in English and Chinese."""

from __future__ import annotations

import unicodedata

from desktop_app.domain.columns import STANDARD

# Written as `plain` writes them; a standard column's own name need not stand here.
WORDS: dict[str, str] = {
    "account_id": """account account_no account_number account_key acct_id acct_no acct acc_id acc_no id loan_id
        loan_no loan_number contract_id contract_no contract_number facility_id facility_no line_id credit_line_id
        iou_no 账户 账号 账户号 账户编号 账户id 账户标识 借据 借据号 借据编号 合同号 合同编号 额度编号 授信编号
        贷款编号 贷款账号 借款编号 贷款号 编号""",
    "user_id": """user user_no user_key customer customer_id customer_no customer_number cust_id cust_no cif
        cif_no client client_id client_no borrower_id member_id person_id party_id obligor_id uid 用户 用户号
        用户id 用户编号 用户标识 客户 客户号 客户id 客户编号 客户标识 借款人 借款人编号 会员号 会员编号""",
    "snapshot_date": """snapshot snapshot_dt snapshot_day snap_date as_of as_of_date as_of_dt asof asof_date date
        data_date observation_date obs_date report_date reporting_date reporting_period stat_date stat_dt
        statement_date month_end period period_end cutoff_date cut_off_date business_date biz_date dt etl_date
        观察日期 观察日 快照日期 快照日 日期 数据日期 统计日期 报告日期 截止日期 截至日期 业务日期 报表日期
        账单日期 基准日 月末日期""",
    "credit_limit": """limit credit_lmt limit_bal limit_amount limit_amt credit_line creditline line line_amount
        line_limit approved_limit approved_amount total_limit current_limit cur_limit facility_limit credit_amount
        authorized_limit authorised_limit max_limit granted_amount sanctioned_limit revolving_limit quota 额度
        授信额度 授信总额 授信金额 信用额度 总额度 循环额度 当前额度 审批额度 批复额度 批准额度 核定额度 可借额度
        最高额度 固定额度 账户额度 卡额度 授信限额""",
    "balance": """bal current_balance cur_bal outstanding outstanding_balance outstanding_principal os_balance
        outstanding_amount principal principal_balance loan_balance drawn drawn_amount drawn_balance used_amount
        used_limit utilized_amount utilised_amount amount_outstanding outstanding_amt receivable current_principal
        ledger_balance bill_amt 余额 本金余额 贷款余额 借款余额 未偿余额 未还本金 剩余本金 在贷余额 在贷本金
        已用额度 已使用额度 用信余额 用信金额 支用余额 当前余额 欠款余额 应收余额 账户余额 透支余额 本金""",
    "score": """credit_score creditscore risk_score bureau_score fico fico_score application_score behaviour_score
        behavior_score b_score a_score bscore ascore scorecard_score sesame_score zhima_score zhima zmxy_score
        vantage vantage_score score_value model_score 评分 信用分 信用评分 芝麻分 芝麻信用分 芝麻信用 风险评分
        风险分 模型分 模型评分 征信评分 行为评分 行为分 申请评分 申请分 贷中评分 综合评分 分数 得分""",
    "pd": """prob_default probability_of_default default_probability pd_12m pd12 pd_12_months pd_1y pd_value
        model_pd ttc_pd pit_pd default_prob expected_default_frequency edf 违约概率 违约率 预期违约概率 违约可能性
        12个月违约概率 模型pd 预测违约概率""",
    "lgd": """loss_given_default lgd_value loss_severity lgd_rate downturn_lgd severity 违约损失率 违约损失 损失率
        违约后损失率""",
    "apr": """rate interest_rate int_rate annual_rate annual_interest_rate annual_percentage_rate nominal_rate
        contract_rate apr_rate loan_rate coupon yearly_rate irr_rate effective_rate ear 年利率 利率 年化利率
        合同利率 执行利率 贷款利率 名义利率 年化 定价 年化定价 借款利率 对客利率 综合年化利率""",
    "days_past_due": """dpd days_overdue overdue_days days_late past_due_days days_in_arrears arrears_days
        delinquent_days days_delinquent current_dpd cur_dpd max_dpd dpd_days delinquency_days 逾期天数
        当前逾期天数 逾期日数 拖欠天数 最大逾期天数 逾期天 已逾期天数 欠款天数""",
    "delinquencies_12m": """delinquencies delinquency_count delinquencies_last_12m times_overdue_12m
        overdue_count_12m overdue_times_12m num_delinq_12m delinq_12m delinq_cnt_12m late_payments_12m
        times_late_12m number_of_late_12m 近12个月逾期次数 近12月逾期次数 最近12个月逾期次数 一年内逾期次数
        近一年逾期次数 过去12个月逾期次数 逾期次数 12个月逾期次数""",
    "months_since_delinquency": """months_since_last_delinquency mths_since_last_delinq months_since_delinq
        months_since_last_overdue mths_since_delinq months_since_last_late 距上次逾期月数 距最近一次逾期月数
        距最近逾期月数 最近一次逾期距今月数 上次逾期距今月数""",
    "months_on_book": """mob months_on_books tenure tenure_months account_age account_age_months age_of_account
        months_since_open months_since_opening months_open vintage_months loan_age seasoning 账龄 账龄月数
        在册月数 开户月数 开户时长 已开户月数 用信月数 建户月数 授信月数""",
    "income_monthly": """monthly_income income income_month month_income mon_income salary monthly_salary
        verified_income stated_income net_income gross_income gross_monthly_income net_monthly_income 月收入
        每月收入 月均收入 收入 月薪 工资 税后月收入 税前月收入 家庭月收入 个人月收入 申报月收入""",
    "debt_service_monthly": """monthly_debt_service debt_service monthly_debt monthly_repayment monthly_payment
        monthly_obligations monthly_instalment monthly_installment debt_payment total_monthly_payment
        repayment_monthly 月还款额 每月还款额 月还款 月供 月应还 月应还款额 月负债 每月还款 月均还款额 月偿债额
        债务月供""",
    "dti": """debt_to_income debt_to_income_ratio dti_ratio debt_income_ratio debt_burden_ratio dbr dsr foir
        debt_service_ratio 负债收入比 债务收入比 收入负债比 偿债收入比 负债率 收入债务比""",
    "applications_7d": """applications apps_7d app_cnt_7d application_count_7d applications_last_7d
        num_applications_7d requests_7d loan_requests_7d draw_requests_7d apply_cnt_7d apply_count_7d
        withdrawals_7d 申请次数 近7天申请次数 近7日申请次数 7天申请次数 7日申请次数 最近7天申请次数 近一周申请次数
        近七天申请次数 近7天借款次数 近7天支用次数 借款申请次数""",
    "devices_7d": """devices device_count device_count_7d device_cnt_7d num_devices_7d distinct_devices_7d
        devices_last_7d devices_used_7d 设备数 近7天设备数 近7日设备数 7天设备数 7日设备数 最近7天设备数
        近7天登录设备数 登录设备数 近七天设备数 关联设备数""",
    "inquiries_3m": """inquiries inquiry_count inquiries_last_3m inq_3m inq_last_3mths bureau_inquiries
        bureau_inquiries_3m credit_inquiries_3m num_inquiries_3m enquiries_3m enquiries inq_cnt_3m query_cnt_3m
        查询次数 近3个月查询次数 近3月查询次数 3个月查询次数 最近3个月查询次数 近三个月查询次数 征信查询次数
        近3个月征信查询次数""",
    "kyc_complete": """kyc kyc_status kyc_done kyc_passed kyc_flag kyc_complete_flag identity_complete is_kyc
        实名认证 是否实名 实名 身份信息完整 身份资料完整 kyc完成 kyc是否完成 资料完整 信息完整""",
    "identity_match": """id_match identity_matched identity_verified id_verified id_check identity_check
        bureau_match name_id_match is_identity_match 身份一致 身份匹配 身份核验 身份核验一致 身份核验通过
        身份是否一致 二要素一致 三要素一致 四要素一致 身份验证通过""",
    "segment": """customer_segment cust_segment client_segment risk_segment seg segment_name customer_group
        user_segment tier 客群 客群分类 客户分群 客户分层 分群 分层 客群名称 用户分层 用户分群 客户群""",
    "product": """product_name product_code product_type product_id prod prod_code loan_type loan_product 产品
        产品名称 产品代码 产品类型 产品编号 贷款产品 贷款类型 业务品种""",
    "industry": """industry_name industry_code sector occupation_industry employer_industry naics sic 行业
        行业名称 行业代码 所属行业 从事行业 职业行业 单位行业 行业分类""",
    "region": """region_name region_code province state city area district location geography country residence
        地区 区域 省份 省 城市 地域 所在地 所在省份 所在城市 居住地 归属地 大区""",
    "channel": """channel_name channel_code acquisition_channel origination_channel source_channel
        application_channel sales_channel 渠道 渠道名称 渠道代码 进件渠道 获客渠道 来源渠道 申请渠道 推广渠道""",
    "customer_type": """cust_type client_type borrower_type user_type customer_category party_type 客户类型
        用户类型 客户类别 借款人类型 客户性质""",
    "age_band": """age_group age_range age_bucket age_class age_bracket age_segment 年龄段 年龄组 年龄区间
        年龄分段 年龄层 年龄分组""",
    "default_12m": """default default_flag defaulted default_12_months default_next_12m bad bad_flag bad_12m
        is_bad is_default target label y_label bad_good_flag ever_90_12m default_payment_next_month default_ind
        是否违约 违约 违约标志 违约标识 坏客户 坏账户 好坏标签 好坏标识 是否坏客户 12个月违约 未来12个月违约 标签
        未来12个月是否违约""",
    "recorded_action": """action action_taken decision system_decision system_action live_action treatment
        decision_result final_decision policy_action 实际动作 处置动作 决策结果 系统决策 实际处置 管控措施
        处置措施 策略结果 管控结果 最终决策""",
}


def plain(heading: str) -> str:
    """A heading as it is compared: half-width, lower case, one underscore between words, no unit in brackets."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    bare = text.partition("(")[0] or text
    return "_".join("".join(character if character.isalnum() else " " for character in bare).split())


# What each plain word stands for; standard names stand for themselves.
STANDS_FOR: dict[str, str] = {word: name for name, words in WORDS.items() for word in words.split()} | {
    name: name for name, column in STANDARD.items() if column.loadable
}


def standard_column(heading: str) -> str | None:
    """The standard column that a heading names, None where it names none."""
    key = plain(heading)
    # Chinese words are written together; spaces between them mean nothing.
    return STANDS_FOR.get(key) or STANDS_FOR.get(key.replace("_", "")) or STANDS_FOR.get(_apart(heading))


def _apart(heading: str) -> str:
    """A heading in camel case with its words apart."""
    return plain(
        "".join(f" {c}" if c.isupper() and not p.isupper() else c for p, c in zip(" " + heading, heading, strict=False))
    )
