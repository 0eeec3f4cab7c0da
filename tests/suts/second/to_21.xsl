<?xml version="1.0" encoding="UTF-8"?>
<!-- Records of 2.0 to elements of 2.1: walks the layout, and pulls what each element is made of. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
    xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">
  <xsl:key name="code" match="code" use="concat(../@name, '|', @v)"/>
  <xsl:key name="map" match="map" use="concat(@name, '|', @c20)"/>
  <xsl:variable name="root" select="/job/r"/>

  <xsl:template match="/">
    <xsl:variable name="layout" select="/job/layout"/>
    <xsl:element name="Bericht" namespace="{$layout/e[1]/@ns}">
      <xsl:apply-templates select="$layout/e">
        <xsl:with-param name="r" select="$root"/>
      </xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <!-- A class stands once for each of its records. -->
  <xsl:template match="e[@each]">
    <xsl:param name="r"/>
    <xsl:variable name="e" select="."/>
    <xsl:for-each select="$r/r[@c = $e/@each]">
      <xsl:variable name="own" select="."/>
      <xsl:element name="{$e/@name}" namespace="{$e/@ns}">
        <xsl:apply-templates select="$e/e">
          <xsl:with-param name="r" select="$own"/>
        </xsl:apply-templates>
      </xsl:element>
    </xsl:for-each>
  </xsl:template>

  <!-- A group stands where something stands in it. -->
  <xsl:template match="e">
    <xsl:param name="r"/>
    <xsl:variable name="held">
      <xsl:apply-templates select="e">
        <xsl:with-param name="r" select="$r"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:variable name="below" select="exsl:node-set($held)/*"/>
    <xsl:if test="$below and not(@leave-out and count($below) = 1 and $below = @leave-out)">
      <xsl:element name="{@name}" namespace="{@ns}">
        <xsl:copy-of select="$below"/>
      </xsl:element>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e[@leaf]">
    <xsl:param name="r"/>
    <xsl:variable name="e" select="."/>
    <xsl:for-each select="from">
      <xsl:variable name="value">
        <xsl:apply-templates select=".">
          <xsl:with-param name="r" select="$r"/>
        </xsl:apply-templates>
      </xsl:variable>
      <xsl:if test="string($value)">
        <xsl:element name="{$e/@name}" namespace="{$e/@ns}">
          <xsl:value-of select="$value"/>
        </xsl:element>
      </xsl:if>
    </xsl:for-each>
    <xsl:if test="part">
      <xsl:element name="{@name}" namespace="{@ns}">
        <xsl:for-each select="part">
          <xsl:variable name="part" select="."/>
          <xsl:value-of select="@text"/>
          <xsl:value-of select="$root[$part/@record = '01']/f[@n = $part/@field]"/>
          <xsl:value-of select="$r[$part/@record = '']/f[@n = $part/@field]"/>
        </xsl:for-each>
      </xsl:element>
    </xsl:if>
  </xsl:template>

  <xsl:template match="from[@role = 'constant']">
    <xsl:value-of select="@back"/>
  </xsl:template>

  <xsl:template match="from">
    <xsl:param name="r"/>
    <xsl:variable name="from" select="."/>
    <xsl:variable name="holder"
        select="$r[$from/@record != '99'] | $root/r[@c = '99'][$from/@record = '99']"/>
    <xsl:variable name="raw" select="$holder/f[@n = $from/@field]"/>
    <xsl:if test="string($raw)">
      <xsl:variable name="row" select="key('map', concat(@map, '|', $raw))"/>
      <xsl:variable name="value">
        <xsl:choose>
          <xsl:when test="@map != '' and $row"><xsl:value-of select="$row/@c21"/></xsl:when>
          <xsl:when test="@codec = 'date'">
            <xsl:value-of select="concat(substring($raw, 1, 4), '-', substring($raw, 5, 2), '-', substring($raw, 7))"/>
          </xsl:when>
          <xsl:when test="@codec = 'time'">
            <xsl:value-of select="concat(substring($raw, 1, 2), ':', substring($raw, 3, 2), ':', substring($raw, 5))"/>
          </xsl:when>
          <xsl:when test="@type = 'N' and ../@leaf = 'integer'">
            <xsl:value-of select="format-number($raw, '0')"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$raw"/></xsl:otherwise>
        </xsl:choose>
      </xsl:variable>
      <xsl:variable name="code" select="key('code', concat(../@list, '|', $raw))
          | key('code', concat(../@list, '|', $value))"/>
      <xsl:choose>
        <xsl:when test="../@list = '' or $code[@in21 != 'no'] or @message-code = 'yes'">
          <xsl:value-of select="$value"/>
        </xsl:when>
        <xsl:when test="@fallback != ''"><xsl:value-of select="@fallback"/></xsl:when>
        <!-- A code of the list of the other element that the field may become. -->
        <xsl:when test="@split = 'yes' and /job/layout//e[from[@field = $from/@field and @record = $from/@record]]
            [key('code', concat(@list, '|', $raw))[@in21 != 'no']]"/>
        <xsl:otherwise>
          <xsl:message terminate="yes">
            <xsl:value-of select="concat('no code ', $raw, ' in 2.1 for ', @field)"/>
          </xsl:message>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
