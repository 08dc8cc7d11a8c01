package io.caracal.ingest.admit;

import io.caracal.imaging.Limits;

/// @param rememberedIds how many ids chosen by senders are remembered
public record AdmitSettings(Limits limits, int rememberedIds) {}
