"""Kehu (客户): a low-code configurable CRM framework and plugin kit."""
